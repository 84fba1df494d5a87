/**
 * A body that was built as JSON of exactly what the contract lists, by PostgreSQL as a rule: it leaves as it is. Long lists
 * that would be parsed once more only to be written again.
 */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  static of(value: object): RawJson {
    return new RawJson(JSON.stringify(value));
  }
}
