/** The look of the desk. Imported once, after nothing and before everything. */
import 'element-plus/theme-chalk/base.css'
import './tokens.css'
import './base.css'
import './element.css'
