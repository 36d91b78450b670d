/** A page that functions can be run in: Playwright's, or one that is driven by WebDriver. */
export interface Scripted {
  evaluate(script: string): Promise<unknown>;
  evaluate<R>(run: () => R | Promise<R>): Promise<R>;
  evaluate<R, A>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
  waitForFunction(isSo: () => boolean): Promise<unknown>;
}
