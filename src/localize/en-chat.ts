/** The strings of a conversation: they come with the tag that shows it. */
export const chat = {
  message: 'Message',
  messages: 'Messages',
  send: 'Send',
  retry: 'Send again',
  'not-sent': 'Not sent.',
};
