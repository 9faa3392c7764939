/**
 * No database can be called so: RDS's own words, and what PostgreSQL reserves, spelled as keys are.
 * https://www.postgresql.org/docs/17/sql-keywords-appendix.html
 */
export const SQL_WORDS: readonly string[] = `
  admin database db postgres rdsadmin template0 template1 all analyse analyze and any array as asc asymmetric
  both case cast check collate column constraint create current-catalog current-date current-role current-time
  current-timestamp current-user default deferrable desc distinct do else end except false fetch for foreign
  from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null
  offset on only or order placing primary references returning select session-user some symmetric system-user
  table then to trailing true union unique user using variadic when where window with
`
  .trim()
  .split(/\s+/);
