/** The English words around the messages of a chat. */
export const conversation = {
  message: 'Message',
  messages: 'Messages',
  send: 'Send',
  retry: 'Send again',
  'not-sent': 'Not sent.',
};
