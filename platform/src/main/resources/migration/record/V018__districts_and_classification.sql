-- To which customs districts a row belongs, and how secret it is. What an officer may see is decided against these
-- columns, in each statement that reads records (see tongguan.dossier.Seen).
--
-- districts is a set of bits, one for each letter that customs' offices begin with (A Keelung 1, B Kaohsiung 2,
-- C Taipei 4, D Taichung 8); 2^30 stands for what belongs to no district and may be seen in all. The columns follow
-- from the row's own places and offices, so that no writer can forget them.

-- An office by its code; nothing for one that does not begin with a letter.
create function record.office_district(office text) returns int
  language sql immutable parallel safe
  return case when office between 'A' and 'Z~' then 1 << (ascii(office) - 65) else 0 end;

-- A port (UN/LOCODE), a terminal in it, or bonded premises (second letter: the district that watches them).
-- Taipei's code stands for the seaport, which is Keelung Customs', and for the airport, which is Taipei Customs'.
create function record.place_district(place text) returns int
  language sql immutable parallel safe
  return case
    when place is null then 0
    when starts_with(place, 'TW') then case substr(place, 3, 3)
      when 'KEL' then 1
      when 'HUN' then 1
      when 'KHH' then 2
      when 'TTT' then 2
      when 'TYN' then 4
      when 'TXG' then 8
      when 'TPE' then case
        when length(place) = 5 then 5
        when starts_with(place, 'TWTPE-P') then 1
        else 4 end
      else 0 end
    when place ~ '^[A-Z][A-D][0-9]' then 1 << (ascii(substr(place, 2)) - 65)
    else 0 end;

create function record.or_everywhere(districts int) returns int
  language sql immutable parallel safe
  return case districts when 0 then 1 << 30 else districts end;

alter table record.movement
  add column districts int not null generated always as (
    record.or_everywhere(record.place_district(place) | record.place_district(place_to))) stored;

alter table record.stowage
  add column districts int not null generated always as (
    record.or_everywhere(record.place_district(load_port) | record.place_district(discharge_port))) stored;

-- classification is what the source says (0 ordinary, 1 secret 密, 2 confidential 機密); raised is what an officer
-- made of it, and no message undoes that. The higher one counts.
alter table record.bill
  add column classification smallint not null default 0 check (classification between 0 and 2),
  add column raised smallint not null default 0 check (raised between 0 and 2),
  add column districts int not null generated always as (
    record.or_everywhere(record.place_district(load_port) | record.place_district(discharge_port)
      | record.place_district(place_of_delivery))) stored;

-- The receiving office and, where there is one, the office of transit or export.
alter table record.declaration
  add column classification smallint not null default 0 check (classification between 0 and 2),
  add column raised smallint not null default 0 check (raised between 0 and 2),
  add column districts int not null generated always as (
    record.or_everywhere(record.office_district(office) | record.office_district(substr(number, 3, 2)))) stored;

alter table record.permit
  add column districts int not null generated always as (
    record.or_everywhere(record.office_district(office) | record.place_district(terminal))) stored;

alter table record.examination
  add column classification smallint not null default 0 check (classification between 0 and 2),
  add column raised smallint not null default 0 check (raised between 0 and 2),
  add column districts int not null generated always as (
    record.or_everywhere(record.office_district(office) | record.office_district(declaration)
      | record.office_district(substr(declaration, 3, 2)))) stored;

alter table record.bonded_check
  add column classification smallint not null default 0 check (classification between 0 and 2),
  add column raised smallint not null default 0 check (raised between 0 and 2),
  add column districts int not null generated always as (
    record.or_everywhere(record.place_district(premises_number))) stored;

-- A permit for a part of a cargo may name thousands of containers; a look-up is not to unpack them.
create index permit_by_container on record.permit using gin (containers);
create index permit_by_bill on record.permit using gin (bills);
