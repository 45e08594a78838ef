/** The innermost cause says what happened; the layers around it only say where. */
export function innermostCause(error: Error): Error {
  let innermost = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  return innermost;
}
