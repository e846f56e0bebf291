-- The application works under a role that has rows and no tables. It cannot log in by itself: connections of the
-- owner step down to it, and on sites where the two are separate accounts it is granted to the application's.
do $$
begin
  if not exists (select from pg_roles where rolname = 'tongguan_app') then
    create role tongguan_app nologin;
  end if;
end $$;

grant tongguan_app to current_user;
