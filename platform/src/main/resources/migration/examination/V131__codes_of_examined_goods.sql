-- Similar earlier examinations are found by what was declared: the six digits of the harmonised system, each with the
-- country of origin.
create function record.goods_codes(items jsonb) returns text[]
  language sql immutable parallel safe
  return array(
    select distinct left(item ->> 'commodityCode', 6) from jsonb_array_elements(items) item
    where item ->> 'commodityCode' is not null);

create function record.goods_origins(items jsonb, origin text) returns text[]
  language sql immutable parallel safe
  return array(
    select distinct left(item ->> 'commodityCode', 6) || ' ' || coalesce(item ->> 'origin', origin)
    from jsonb_array_elements(items) item
    where item ->> 'commodityCode' is not null and coalesce(item ->> 'origin', origin) is not null);

-- Only what was to be opened can have been: an index over one declaration in twelve.
create index declaration_by_goods_examined on record.declaration using gin (record.goods_codes(items))
  where channel in ('C3', 'C3M', 'C3X') and items is not null;
