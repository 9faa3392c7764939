/** What this function will not do, in words that may be logged: no secret value ever becomes part of a refusal. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
