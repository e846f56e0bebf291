-- Device keys: each certificate names its device, and holds only as long as this table says so. A key belongs to one
-- device for ever: whoever shows up with it under another name is refused.
create table fleet.device_key (
  -- SHA-256 of the public key (SubjectPublicKeyInfo): what the device is known by.
  digest bytea primary key check (length(digest) = 32),
  device uuid not null references fleet.device
);

create table fleet.certificate (
  -- The number in the certificate, as its bytes.
  serial bytea primary key,
  device uuid not null references fleet.device,
  key_digest bytea not null check (length(key_digest) = 32),
  certificate bytea not null,
  issued_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  -- When the device first came in by it; from then on the ones before hold no more.
  seen_at timestamptz,
  revoked_at timestamptz,
  revoked_why text,
  check ((revoked_at is null) = (revoked_why is null))
);

-- Whoever gives a certificate out claims the key for the device.
create function fleet.claim_key() returns trigger
language plpgsql as $$
begin
  insert into fleet.device_key (digest, device) values (new.key_digest, new.device) on conflict (digest) do nothing;
  if not exists (select from fleet.device_key where digest = new.key_digest and device = new.device) then
    raise exception 'this key belongs to another device' using errcode = '23505';
  end if;
  return new;
end $$;

create trigger certificate_claims_its_key before insert on fleet.certificate
  for each row execute function fleet.claim_key();

create index certificate_of_device on fleet.certificate (device, issued_at desc);
create index certificate_of_key on fleet.certificate (key_digest);
-- What was revoked a moment ago, for the nodes that hold streams.
create index certificate_revoked on fleet.certificate (revoked_at) where revoked_at is not null;

-- One-time codes with which a device asks for its first certificate.
create table fleet.enrolment (
  code bytea primary key check (length(code) = 32),
  device uuid not null references fleet.device,
  made_by uuid not null references identity.account,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz,
  -- Wrong tries with the right code: another device's serial number, or a request that is none.
  tries int not null default 0 check (tries between 0 and 5)
);

create index enrolment_of_device on fleet.enrolment (device, made_at desc);

-- The public keys that this installation's nodes sign with. A node whose own ones are others was given the wrong
-- files: devices would not believe it.
create table fleet.signing_key (
  name text primary key check (name in ('authority', 'command')),
  digest bytea not null check (length(digest) = 32),
  since timestamptz not null default now()
);
