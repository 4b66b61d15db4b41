-- Two articles with one id or one address.
select min(article_id) as article_id, url, count(*) as articles from base.article group by url having articles > 1
union all
select article_id, min(url), count(*) as articles from base.article group by article_id having articles > 1;
