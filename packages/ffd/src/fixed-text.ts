/** Text of a fixed field without the spaces that pad it on the right. A loop: the usual pattern is quadratic on hostile text. */
export const withoutPadding = (text: string): string => {
  let length = text.length;
  while (length > 0 && text.charAt(length - 1) === ' ') length -= 1;
  return text.slice(0, length);
};
