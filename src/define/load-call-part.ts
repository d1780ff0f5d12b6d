/** Says how the call part is loaded, for the tags that are there before anybody has signed in. */
import { loadCallPartBy } from '../context/call-part.js';

loadCallPartBy(() => import('./call-part.js'));
