create table tasks (
  id bigint generated always as identity primary key,
  title text not null check (char_length(title) between 1 and 200),
  notes text not null default '' check (char_length(notes) <= 10000),
  status text not null default 'open' check (status in ('open', 'doing', 'done')),
  -- Grows with each change: a writer names the version it read, so no change is lost unseen.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
