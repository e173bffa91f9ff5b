/** A place in the formula's text. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** One of the terms that are added, with its sign. */
export interface SignedTerm {
  readonly sign: 1 | -1;
  readonly node: Syntax;
}

/** One of the factors of a product, or what it is divided by; `implied`: no sign was written before it. */
export interface Factor {
  readonly divides: boolean;
  readonly implied: boolean;
  readonly node: Syntax;
}

/**
 * A formula as it was written. Sums and products are lists, so that the tree is no deeper than the nesting of the text.
 */
export type Syntax =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly role: 'variable' | 'constant' | 'parameter' | 'assigned' | 'index';
    }
  | { readonly kind: 'terms'; readonly terms: readonly SignedTerm[] }
  | { readonly kind: 'factors'; readonly factors: readonly Factor[] }
  | { readonly kind: 'negative'; readonly node: Syntax }
  | { readonly kind: 'power'; readonly base: Syntax; readonly exponent: Syntax }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] }
  | ({ readonly kind: 'series'; readonly index: string; readonly from: number; readonly to: number; readonly body: Syntax } & Place)
  | ({ readonly kind: 'element'; readonly table: string; readonly index: Syntax } & Place);

/** One of the parts that `;` separates; `name` is null for a bare expression. */
export interface Statement {
  readonly name: string | null;
  readonly node: Syntax;
}
