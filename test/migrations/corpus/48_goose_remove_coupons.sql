-- +goose Up
ALTER TABLE checkout_sessions DROP CONSTRAINT IF EXISTS checkout_sessions_coupon_id_fkey;
DROP TABLE IF EXISTS coupon_redemptions;
DROP TABLE IF EXISTS coupons;

-- +goose Down
CREATE TABLE coupons (
    id          bigserial PRIMARY KEY,
    code        text NOT NULL UNIQUE,
    percent_off smallint NOT NULL
);
CREATE TABLE coupon_redemptions (
    coupon_id   bigint NOT NULL REFERENCES coupons (id),
    session_id  bigint NOT NULL
);
