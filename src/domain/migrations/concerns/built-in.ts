const words = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(" "));

/**
 * Functions of PostgreSQL that give the same for every row of one statement, so that a default made of them does
 * not rewrite the table.
 * https://www.postgresql.org/docs/current/xfunc-volatility.html
 */
const steady = new Set(
  words(
    "now transaction_timestamp statement_timestamp timezone to_timestamp to_date to_char to_number date_trunc",
    "date_part extract age make_date make_time make_timestamp make_timestamptz make_interval justify_days",
    "justify_hours justify_interval lower upper initcap concat concat_ws format length char_length left right",
    "substr substring replace trim btrim ltrim rtrim lpad rpad repeat reverse split_part strpos position overlay",
    "translate md5 sha256 encode decode chr ascii quote_ident quote_literal to_hex abs ceil ceiling floor round",
    "trunc mod power sqrt sign greatest least coalesce nullif to_json to_jsonb json_build_object",
    "json_build_array jsonb_build_object jsonb_build_array jsonb_object json_object jsonb_set array_append",
    "array_cat array_fill array_prepend array_to_string string_to_array cardinality to_tsvector to_tsquery",
    "current_setting current_database current_schema current_user session_user hashtext pg_backend_pid",
    "int4range int8range numrange tsrange tstzrange daterange box circle point polygon",
    "xml_is_well_formed convert convert_to convert_from host inet masklen network set_masklen",
    " ",
  ),
);

/** More functions of PostgreSQL that neither lose data nor lock. Most that begin with `pg_` are of that kind too. */
const others = new Set(
  words(
    "setval nextval currval lastval set_config count sum min max avg bool_and bool_or every array_agg string_agg",
    "json_agg jsonb_agg json_object_agg jsonb_object_agg generate_series unnest regexp_replace regexp_matches",
    "regexp_split_to_table string_to_table to_regclass to_regtype to_regproc version random gen_random_uuid",
    "uuidv4 uuidv7 clock_timestamp timeofday row_number rank dense_rank lag lead first_value last_value ntile",
    "row_to_json json_each jsonb_each json_array_elements jsonb_array_elements jsonb_array_elements_text",
    "json_populate_recordset jsonb_to_recordset txid_current obj_description col_description format_type",
    "current_schemas has_table_privilege has_schema_privilege array_length array_position width_bucket",
    "jsonb_strip_nulls jsonb_pretty jsonb_typeof jsonb_path_query jsonb_insert exists",
  ),
);

const ownName = (name: readonly string[]): string | null =>
  name.length === 1
    ? (name[0] ?? null)
    : name[0] === "pg_catalog" && name.length === 2
      ? (name[1] ?? null)
      : null;

export function isSteady(name: readonly string[]): boolean {
  const own = ownName(name);
  return own !== null && steady.has(own);
}

/** Whether a function is one of PostgreSQL's own that does no harm, as far as the lists go. */
export function isBuiltIn(name: readonly string[]): boolean {
  const own = ownName(name);
  return (
    own !== null && (steady.has(own) || others.has(own) || /^pg_(?!terminate|cancel|drop|reload)/.test(own))
  );
}
