ALTER TYPE payment_method ADD VALUE IF NOT EXISTS 'bank_transfer' AFTER 'card';
ALTER TYPE payment_method ADD VALUE IF NOT EXISTS 'voucher';

comment on type payment_method is
  'Keep in step with PaymentMethod.kt; old values are never removed.';
