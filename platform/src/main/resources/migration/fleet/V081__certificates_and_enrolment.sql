-- Device keys: each certificate names its device, and holds only as long as this table says so.
create table fleet.certificate (
  -- The number in the certificate, as its bytes.
  serial bytea primary key,
  device uuid not null references fleet.device,
  -- SHA-256 of the public key (SubjectPublicKeyInfo): what the device is known by.
  key_digest bytea not null check (length(key_digest) = 32),
  certificate bytea not null,
  issued_at timestamptz not null default now(),
  ends_at timestamptz not null,
  revoked_at timestamptz,
  revoked_why text,
  check ((revoked_at is null) = (revoked_why is null))
);

create index certificate_of_device on fleet.certificate (device, issued_at desc);

-- One-time codes with which a device asks for its first certificate.
create table fleet.enrolment (
  code bytea primary key check (length(code) = 32),
  device uuid not null references fleet.device,
  made_by uuid not null references identity.account,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz,
  tries int not null default 0
);

create index enrolment_of_device on fleet.enrolment (device, made_at desc);
