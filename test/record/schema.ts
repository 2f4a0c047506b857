import { z } from "zod";
import { recordSchema } from "../../src/domain/record/record.ts";

/** The schema of the release record for other programs, as `docs/record.schema.json` publishes it. */
export const publishedSchema = (): unknown => z.toJSONSchema(recordSchema);

export const schemaFile = new URL("../../docs/record.schema.json", import.meta.url);
