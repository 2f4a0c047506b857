import { writeFileSync } from "node:fs";
import { publishedSchema, schemaFile } from "./schema.ts";

writeFileSync(schemaFile, `${JSON.stringify(publishedSchema(), null, 2)}\n`);
