/*
 * Types of the web platform that declarations of our libraries name (connect: HeadersInit, msgpack: BufferSource, age-encryption:
 * the others) and Node's own declarations do not have. Without them every library declaration would go unchecked.
 */
type HeadersInit = ConstructorParameters<typeof Headers>[0];
type BufferSource = ArrayBufferView | ArrayBuffer;
type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
interface AuthenticationExtensionsPRFValues {
  readonly first: BufferSource;
  readonly second?: BufferSource;
}
