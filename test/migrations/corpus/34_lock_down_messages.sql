-- security review, finding 7
alter table public.messages enable row level security;
alter table public.message_attachments enable row level security;

create policy messages_of_participants on public.messages
  for all
  to authenticated
  using (
    exists (
      select 1
      from public.thread_participants tp
      where tp.thread_id = messages.thread_id
        and tp.user_id = auth.uid()
    )
  );

create policy attachments_of_participants on public.message_attachments
  for select
  to authenticated
  using (message_id in (select id from public.messages));
