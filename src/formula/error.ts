/** Why a text is not a formula: one sentence, and the place in the text that it is about. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';

  /**
   * @param message one sentence: what is wrong and what to do
   * @param at index of the first character it is about; the text's length where something is missing at its end
   * @param length number of characters it is about; 0 where something is missing
   */
  constructor(
    message: string,
    readonly at: number,
    readonly length: number,
  ) {
    super(message);
  }
}
