BEGIN;

CREATE TYPE invoice_state AS ENUM ('draft', 'issued', 'paid', 'void');

CREATE TABLE invoices (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id  bigint NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    number       text NOT NULL,
    state        invoice_state NOT NULL DEFAULT 'draft',
    net_cents    bigint NOT NULL CHECK (net_cents >= 0),
    tax_cents    bigint NOT NULL CHECK (tax_cents >= 0),
    total_cents  bigint GENERATED ALWAYS AS (net_cents + tax_cents) STORED,
    issued_on    date,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE invoice_lines (
    invoice_id   bigint NOT NULL,
    position     smallint NOT NULL,
    description  text NOT NULL,
    quantity     numeric(10, 3) NOT NULL DEFAULT 1,
    unit_cents   bigint NOT NULL,
    PRIMARY KEY (invoice_id, position)
);

ALTER TABLE invoice_lines
    ADD CONSTRAINT invoice_lines_invoice_fk
    FOREIGN KEY (invoice_id) REFERENCES invoices (id) ON DELETE CASCADE;

ALTER TABLE invoices ADD CONSTRAINT invoices_number_key UNIQUE (number);
ALTER TABLE invoices ADD CONSTRAINT invoices_issued_has_date
    CHECK (state = 'draft' OR issued_on IS NOT NULL);

-- brand-new table, so no need for CONCURRENTLY
CREATE INDEX invoices_customer_idx ON invoices (customer_id);
CREATE INDEX invoices_open_idx ON invoices (issued_on) WHERE state = 'issued';

COMMIT;
