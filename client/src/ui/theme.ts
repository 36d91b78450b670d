import { createTheme, type MantineThemeOverride } from '@mantine/core';

/**
 * Mantine brings the inputs; their colours and sizes come from tokens.css and field.module.css, so that no variable
 * is written by script and the page needs no inline style element (the content security policy refuses one).
 */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: 'var(--font)',
  defaultRadius: 'md',
  // base.css draws the ring.
  focusRing: 'never',
  cursorType: 'pointer',
});
