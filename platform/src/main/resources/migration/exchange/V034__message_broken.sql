-- Why a stored piece is no message at all. Known only while its transmission is cut, where the bytes around it are
-- seen; a later try has the piece alone and would find another, wrong reason.
alter table exchange.message add column broken jsonb;
