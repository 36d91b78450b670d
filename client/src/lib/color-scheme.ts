import { createStore, useStore } from './store.ts';

/** Light for the day, dark for night duty. Kept on the device. */
export type ColorScheme = 'light' | 'dark';

const STORED_UNDER = 'jaqyn.scheme';
const scheme = createStore<ColorScheme>(stored());

function stored(): ColorScheme {
  try {
    return localStorage.getItem(STORED_UNDER) === 'dark' ? 'dark' : 'light';
  } catch {
    return 'light';
  }
}

export function useColorScheme(): ColorScheme {
  return useStore(scheme);
}

export function setColorScheme(next: ColorScheme): void {
  scheme.set(next);
  try {
    localStorage.setItem(STORED_UNDER, next);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}
