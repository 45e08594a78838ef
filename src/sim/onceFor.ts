/** What is made of an object once and kept as long as the object lives. The object must not change meanwhile. */
export function onceFor<Source extends object, Made>(make: (of: Source) => Made): (of: Source) => Made {
  const made = new WeakMap<Source, { readonly value: Made }>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known.value;
    const value = make(of);
    made.set(of, { value });
    return value;
  };
}
