let context: AudioContext | null = null;

/** Pitch in hertz, length in seconds, loudness of 1. */
const [pitch, length, loudness] = [880, 0.14, 0.15];

/** Plays a short, soft tone, if the computer has sound. */
export function beep(): void {
  try {
    context ??= new AudioContext();
    void context.resume();
    const now = context.currentTime;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    // A ramp avoids clicks.
    volume.gain.setValueAtTime(0, now);
    volume.gain.linearRampToValueAtTime(loudness, now + 0.01);
    volume.gain.linearRampToValueAtTime(0, now + length);
    tone.connect(volume).connect(context.destination);
    tone.start(now);
    tone.stop(now + length);
  } catch {
    context = null;
  }
}
