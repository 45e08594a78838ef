#!/bin/sh
# Creates the namespace, keeps its closed runs for a year and registers the search attributes of marsdisk; what is there already stays.
# Needs the Temporal CLI and its TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.
set -eu

temporal=${TEMPORAL_CLI:-temporal}
retention=365d

# Succeeds as soon as a command does; the server opens its port before it can answer everything.
within_two_minutes() { # what is waited for, command ...
  waiting_for=$1
  shift
  for attempt in $(seq 60); do
    if answer=$("$@" 2>&1); then return 0; fi
    sleep 2
  done
  echo "$waiting_for: not within two minutes: $answer" >&2
  return 1
}

within_two_minutes "the server at $TEMPORAL_ADDRESS serves" "$temporal" operator cluster health

create_or_update() {
  if "$temporal" operator namespace describe --namespace "$TEMPORAL_NAMESPACE"; then
    "$temporal" operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
  else
    "$temporal" operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
  fi
}

# Tried again, because a server whose database has just come back calls itself healthy before it has found it.
within_two_minutes "the namespace $TEMPORAL_NAMESPACE is there" create_or_update

# The parts of a server learn of a namespace, and of its attributes, some seconds later.
within_two_minutes "the namespace $TEMPORAL_NAMESPACE is known" "$temporal" workflow list --limit 1

# One --type for each --name: the CLI takes them in pairs, and drops names that have none.
within_two_minutes 'the search attributes are registered' "$temporal" operator search-attribute create \
  --name MarsdiskPhase --type Keyword \
  --name MarsdiskProgress --type Double \
  --name MarsdiskModel --type Keyword \
  --name MarsdiskIdentity --type Keyword

within_two_minutes 'the search attributes are known' "$temporal" workflow list --limit 1 \
  --query "MarsdiskPhase = 'running' AND MarsdiskModel = 'x' AND MarsdiskIdentity = 'x' AND MarsdiskProgress < 1"
echo "the namespace $TEMPORAL_NAMESPACE is ready"
