import { createTheme, type MantineThemeOverride, type VariantColorsResolver } from '@mantine/core';

/** Every button variant speaks in our tokens, so that Mantine's palette and its script-made variables are not needed. */
const colorsOf: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'act-now';
  const tone = danger ? 'act-now' : 'accent';
  switch (variant) {
    case 'filled':
      return {
        background: `var(--${tone})`,
        hover: `var(--${tone}-strong)`,
        color: `var(--on-${tone})`,
        border: '1px solid transparent',
      };
    case 'subtle':
    case 'transparent':
      return {
        background: 'transparent',
        hover: `var(--${tone}-soft)`,
        color: `var(--${tone})`,
        border: '1px solid transparent',
      };
    case 'light':
      return {
        background: `var(--${tone}-soft)`,
        hover: `var(--${tone}-soft)`,
        color: `var(--${tone})`,
        border: '1px solid transparent',
      };
    default:
      return {
        background: 'var(--surface)',
        hover: `var(--${tone}-soft)`,
        color: danger ? 'var(--act-now)' : 'var(--ink)',
        border: '1px solid var(--line-strong)',
      };
  }
};

export const theme: MantineThemeOverride = createTheme({
  variantColorResolver: colorsOf,
  fontFamily: 'var(--font)',
  defaultRadius: 'md',
  // base.css draws the ring.
  focusRing: 'never',
  cursorType: 'pointer',
  respectReducedMotion: false,
});
