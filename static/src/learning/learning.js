// What the quiz gets beside what every page has.
import "./answers.js";
import "./clock.js";
import "./overview.js";
