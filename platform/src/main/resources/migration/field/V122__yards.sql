-- What was moved to a place, for the list of what stands there.
create index movement_by_destination on record.movement (place_to, at desc) where place_to is not null;
