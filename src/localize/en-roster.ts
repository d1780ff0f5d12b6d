/** The English words of the list of the people online. */
export const roster = {
  online: 'Online',
  'nobody-online': 'Nobody else is online.',
  'nobody-found': 'Nobody online has such a name.',
  'more-online': '{count} more online',
  search: 'Search',
  found: '{count} found',
};
