/** What a page gets with one script tag: every tag, registered. */
import './define/all.js';
