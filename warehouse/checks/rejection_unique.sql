-- One rejection kept in two rows.
select stage, reason, url, count(*) as kept from base.rejection group by all having kept > 1;
