/** Two notes of half a second each: enough to find the volume by, and no ring. Rejects where the browser lets nothing be heard. */
export async function playTestTone(): Promise<void> {
  const audio = new AudioContext();
  try {
    await audio.resume();
    const gain = audio.createGain();
    gain.connect(audio.destination);
    const tone = audio.createOscillator();
    tone.connect(gain);
    const at = audio.currentTime + 0.05;
    tone.frequency.setValueAtTime(523, at);
    tone.frequency.setValueAtTime(659, at + 0.5);
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.3, at + 0.03);
    gain.gain.setValueAtTime(0.3, at + 0.9);
    gain.gain.linearRampToValueAtTime(0, at + 1);
    tone.start(at);
    tone.stop(at + 1);
    await new Promise((resolve) => tone.addEventListener('ended', resolve, { once: true }));
  } finally {
    await audio.close();
  }
}
