import { S3Client } from '@aws-sdk/client-s3';

/** Tries of one request, with growing pauses. */
const TRIES = 5;
/** ms */
const CONNECT_WITHIN = 5000;
/** Without a byte in either direction, ms. */
const SILENT_FOR = 20_000;

/** A failed request, with the object that it was about. */
class S3Failure extends Error {
  override readonly name = 'S3Failure';

  constructor(
    message: string,
    /** Of HTTP; undefined: there was no answer. */
    readonly status: number | undefined,
  ) {
    super(message);
  }
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof S3Failure ? error.status : undefined;
}

/** A bucket and its client, whose errors say where they happened and what to do. */
export class Bucket {
  constructor(
    readonly name: string,
    private readonly client: S3Client,
    /** Null: Amazon's own. */
    readonly endpoint: string | null,
  ) {}

  /** @param object that the request is about; '' for the bucket itself */
  async ask<T>(object: string, request: (client: S3Client) => Promise<T>): Promise<T> {
    try {
      return await request(this.client);
    } catch (error) {
      const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      const where = [this.name, object].filter((part) => part !== '').join('/');
      // A missing bucket is no missing object.
      const status = name === 'NoSuchBucket' ? undefined : $metadata?.httpStatusCode;
      const answer = status === undefined ? '' : ` (HTTP ${status})`;
      throw new S3Failure(
        `s3://${where} at ${this.endpoint ?? 'Amazon'}: ${name}${answer}: ${message}${cureOf(name)}`,
        status,
      );
    }
  }
}

function cureOf(name: string): string {
  if (name === 'CredentialsProviderError') {
    return '. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE';
  }
  return name === 'NoSuchBucket' ? '. Create the bucket first' : '';
}

/** Endpoint, region and keys come from AWS's own variables and profiles. */
export function bucketAt(name: string): Bucket {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const endpoint = AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL || null;
  const region = AWS_REGION || AWS_DEFAULT_REGION || (endpoint === null ? null : 'us-east-1');
  // Which Node.js runs this is not for a user's eyes at every command: package.json pins the SDK.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const client = new S3Client({
    ...(region === null ? {} : { region }), // else that of the profile
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: TRIES,
    requestHandler: { connectionTimeout: CONNECT_WITHIN, socketTimeout: SILENT_FOR },
  });
  return new Bucket(name, client, endpoint);
}
