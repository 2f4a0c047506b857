import { generateKeyPairSync } from "node:crypto";

export const rsaKey = (type: "pkcs1" | "pkcs8" = "pkcs1"): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type, format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
