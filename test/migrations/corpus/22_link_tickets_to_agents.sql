BEGIN TRANSACTION;

ALTER TABLE helpdesk.tickets ADD COLUMN IF NOT EXISTS closed_by bigint;

ALTER TABLE helpdesk.tickets
  ADD CONSTRAINT fk_tickets_agent
  FOREIGN KEY (agent_id) REFERENCES helpdesk.agents (id)
  ON DELETE SET NULL
  NOT VALID;

-- and check what is there already
ALTER TABLE helpdesk.tickets VALIDATE CONSTRAINT fk_tickets_agent;

COMMIT TRANSACTION;
