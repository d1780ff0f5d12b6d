/** The module of the script tag: registers every tag. */
import './define/all.js';
