import type { ConnectionOptions } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
type Attempt = ReturnType<Parameters<Interceptor>[1]>;

/** Between two repetitions of a call that nobody answers, at the most; the SDK's own pauses grow to five seconds. ms */
const longestPause = 1000;

/** With these pauses as long as the SDK's own ten repetitions, some twenty seconds. */
const maxAttempts = 25;

/** gRPC status */
const CANCELLED = 1;

/**
 * The calls of one connection, which a command that leaves can end. The SDK's abort signal reaches only the first attempt of a call: its
 * repetitions would go on for many seconds while the server is dead, and for as long as they like when it is back.
 */
export class LeavableCalls {
  private left = false;
  private readonly open = new Set<Attempt>();

  /** Ends all calls at once, and within a second those that are about to be repeated. */
  leave(): void {
    this.left = true;
    for (const attempt of this.open) attempt.cancelWithStatus(CANCELLED, 'the command leaves');
  }

  async interceptors(): Promise<Interceptor[]> {
    const { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } = await import('@temporalio/client');
    const usual = defaultGrpcRetryOptions({ maxAttempts });
    const repeating = makeGrpcRetryInterceptor({
      delayFunction: (attempt, status) => Math.min(usual.delayFunction(attempt, status), longestPause),
      retryableDecider: (attempt, status) => !this.left && usual.retryableDecider(attempt, status),
    });
    // The one behind it sees every attempt.
    return [repeating, (options, nextCall) => this.watched(nextCall(options)) as ReturnType<Interceptor>];
  }

  private watched(attempt: Attempt): Attempt {
    const start = attempt.start.bind(attempt);
    attempt.start = (metadata, listener) => {
      this.open.add(attempt);
      start(metadata, {
        onReceiveMetadata: (received) => listener?.onReceiveMetadata?.(received),
        onReceiveMessage: (message) => listener?.onReceiveMessage?.(message),
        onReceiveStatus: (status) => {
          this.open.delete(attempt);
          listener?.onReceiveStatus?.(status);
        },
      });
      if (this.left) attempt.cancelWithStatus(CANCELLED, 'the command leaves');
    };
    return attempt;
  }
}
