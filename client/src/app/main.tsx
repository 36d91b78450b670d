import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { ensureSession } from '../features/auth/api/get-current-user.ts';
import { activateLanguage, storedLanguage } from '../lib/i18n.ts';
import { unlockSoundsOnFirstGesture } from '../lib/sounds.ts';
import { App } from './app.tsx';

unlockSoundsOnFirstGesture();

// On its way at once, beside the texts: on a satellite link each wait in a row is 600 ms.
void ensureSession().catch(() => {
  // The router asks again and shows what is wrong.
});

// The first screen is drawn in the right language or not at all; if its texts cannot be fetched, in the English of the source.
void activateLanguage(storedLanguage())
  .catch(() => activateLanguage('en'))
  .catch(() => {})
  .finally(() => {
    const root = document.getElementById('root');
    if (root) createRoot(root).render(<App />);
  });
