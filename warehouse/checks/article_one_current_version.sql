-- An article without exactly one current version.
select article.article_id, count(version.article_id) as versions
from base.article
left join base.article_version as version on version.article_id = article.article_id and version.known_to is null
group by article.article_id
having versions <> 1;
