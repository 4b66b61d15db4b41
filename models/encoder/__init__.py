"""The trained reader: one multilingual encoder that finds policy actions and says who, against whom, what and when."""
