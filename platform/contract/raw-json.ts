/** A body that PostgreSQL already built as JSON from the contract's columns: it leaves as it is. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
