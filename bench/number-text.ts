/** `12,345` */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** `0.83` */
export const ratioText = (value: number): string => value.toFixed(2);

/** `12,345/s` */
export const perSecond = (value: number): string => `${whole(value)}/s`;

/** `12.3 µs`, of milliseconds. */
export const microseconds = (milliseconds: number): string => `${(milliseconds * 1_000).toFixed(1)} µs`;
