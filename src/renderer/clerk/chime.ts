/** Two notes a third apart, loud enough for a counter and short enough for a waiting room. */
const NOTES = [
  { hertz: 659.25, atS: 0 },
  { hertz: 523.25, atS: 0.22 },
] as const;
const NOTE_S = 0.5;
const LOUDNESS = 0.25;

/** Plays the chime of a call; a machine without a loudspeaker shows the banner alone. */
export function playChime(context: AudioContext): void {
  for (const { hertz, atS } of NOTES) {
    const startS = context.currentTime + atS;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, startS);
    volume.gain.linearRampToValueAtTime(LOUDNESS, startS + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, startS + NOTE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(startS);
    tone.stop(startS + NOTE_S);
  }
}
